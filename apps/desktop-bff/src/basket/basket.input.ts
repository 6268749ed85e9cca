import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, Matches, Max, Min, ValidateNested } from 'class-validator';

/** A product to put into the basket, and how often. */
export class LineInput {
  @Matches(/^[\w-]{1,40}$/)
  productId!: string;

  @IsInt()
  @Min(1)
  @Max(99)
  quantity!: number;
}

/** Many products to put into the basket at once. */
export class AddItemsInput {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => LineInput)
  lines!: LineInput[];
}

/** Which line of the basket. */
export class ItemParams {
  @Matches(/^[\w-]{1,40}$/)
  productId!: string;
}

/** A new quantity for a line. */
export class ChangeItemInput {
  @IsInt()
  @Min(1)
  @Max(99)
  quantity!: number;
}
