import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { productSorts } from './product-sort.js';

/** How to search, narrow and sort the products. */
export class ProductFilter {
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

  /** A column, ascending; with a minus before it, descending. */
  @IsOptional()
  @IsIn(productSorts)
  sort?: string;
}

/** The same, and which rows. */
export class ProductListQuery extends ProductFilter {
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 100;

  @IsInt()
  @Min(0)
  @Max(1_000_000)
  offset: number = 0;
}
