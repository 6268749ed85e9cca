import { ProductHeadDto } from './product-head.dto.js';
import type { Price, Product, ReviewPage } from './shop.api.js';

export class PriceDto {
  amountCents: number;
  currency: string;

  constructor(price: Price) {
    this.amountCents = price.amountCents;
    this.currency = price.currency;
  }
}

export class ReviewsDto {
  count: number;
  average: number;
  lines: { rating: number; title: string }[];

  constructor(reviews: ReviewPage) {
    this.count = reviews.count;
    this.average = reviews.average;
    this.lines = reviews.items.slice(0, 3).map(({ rating, title }) => ({ rating, title }));
  }
}

export class ProductScreenDto extends ProductHeadDto {
  price: PriceDto;
  reviews: ReviewsDto | null;

  constructor(product: Product, price: Price, reviews: ReviewPage | null) {
    super(product);
    this.price = new PriceDto(price);
    this.reviews = reviews && new ReviewsDto(reviews);
  }
}
