import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** How to search, narrow, sort and page the product list. */
export class ProductListQuery {
  /** Words that must all occur. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  category?: string;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  brand?: string;

  @IsOptional()
  @IsIn(['name', '-name', 'newest', 'rating', 'price'])
  sort?: string;

  @IsInt()
  @Min(1)
  @Max(10_000)
  page: number = 1;
}
