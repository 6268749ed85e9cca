import { ProductHeadDto } from './product-head.dto.js';
import { PriceDto } from './product-screen.dto.js';
import type { Price, Product, ProductPage } from './shop.api.js';

export class ListItemDto extends ProductHeadDto {
  price: PriceDto | null;

  constructor(product: Product, price: Price | undefined) {
    super(product, 'w320');
    this.price = price ? new PriceDto(price) : null;
  }
}

export class ProductListDto {
  total: number;
  items: ListItemDto[];

  constructor(page: ProductPage, prices: Price[]) {
    this.total = page.total;
    this.items = page.items.map((product) => new ListItemDto(product, prices.find((price) => price.productId === product.id)));
  }
}
