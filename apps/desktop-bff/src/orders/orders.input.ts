import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Which rows of the order table. */
export class OrderListQuery {
  /** One's own orders, or everybody's, which only operators see. */
  @IsIn(['mine', 'all'])
  scope: 'mine' | 'all' = 'mine';

  @IsOptional()
  @IsIn(['placed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled'])
  status?: string;

  /** True shows the archived orders instead of the others. */
  @IsBoolean()
  archived: boolean = false;

  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 100;

  @IsInt()
  @Min(0)
  @Max(1_000_000)
  offset: number = 0;
}

/** Which order. */
export class OrderParams {
  @Matches(/^[\w-]{1,60}$/)
  id!: string;
}

/** One change for many orders. */
export class OrderActionInput {
  @IsIn(['cancel', 'archive'])
  action!: 'cancel' | 'archive';

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @Matches(/^[\w-]{1,60}$/, { each: true })
  ids!: string[];
}
