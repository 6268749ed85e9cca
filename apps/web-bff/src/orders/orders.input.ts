import { IsInt, Matches, Max, Min } from 'class-validator';

/** Which page of the orders. */
export class OrderListQuery {
  @IsInt()
  @Min(1)
  @Max(10_000)
  page: number = 1;
}

/** Which order. */
export class OrderParams {
  @Matches(/^[\w-]{1,60}$/)
  id!: string;
}
