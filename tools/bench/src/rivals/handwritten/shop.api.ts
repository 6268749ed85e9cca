/** What the services answer, as far as the screens need it. */
export interface Product {
  id: string;
  name: string;
  brand: string;
  images: { alt: string; urls: { w320: string; w640: string } }[];
}

export interface ProductPage {
  total: number;
  items: Product[];
}

export interface Price {
  productId: string;
  amountCents: number;
  currency: string;
}

export interface PriceBatch {
  items: Price[];
}

export interface ReviewPage {
  count: number;
  average: number;
  items: { rating: number; title: string }[];
}
