import type { Product } from './shop.api.js';

export class ProductHeadDto {
  id: string;
  name: string;
  brand: string;
  image: { url: string | undefined; alt: string | undefined };

  constructor(product: Product, width: 'w320' | 'w640' = 'w640') {
    const [image] = product.images;
    this.id = product.id;
    this.name = product.name;
    this.brand = product.brand;
    this.image = { url: image?.urls[width], alt: image?.alt };
  }
}
