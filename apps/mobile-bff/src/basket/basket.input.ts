import { IsInt, Matches, Max, Min } from 'class-validator';

/** A product to put into the basket. */
export class AddItemInput {
  @Matches(/^[\w-]{1,40}$/)
  productId!: string;

  @IsInt()
  @Min(1)
  @Max(99)
  quantity: number = 1;
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
