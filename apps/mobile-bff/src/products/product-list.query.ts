import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { ImageQuery } from './image.query.js';
import { IsCursor } from './is-cursor.decorator.js';

/** How to search, narrow and sort the product list, and where to go on. */
export class ProductListQuery extends ImageQuery {
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
  @IsIn(['name', '-name', 'newest', 'rating', 'price'])
  sort?: string;

  /** `nextCursor` of the page before; absent for the first page. */
  @IsOptional()
  @IsCursor()
  cursor?: string;
}
