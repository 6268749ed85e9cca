import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type { Price, PriceBatch, Product, ProductPage, ReviewPage } from './shop.api.js';

const catalog = process.env['CATALOG_ORIGIN'];
const pricing = process.env['PRICING_ORIGIN'];
const reviews = process.env['REVIEWS_ORIGIN'];

@Injectable()
export class ShopService {
  constructor(private readonly http: HttpService) {}

  product(id: string): Observable<Product> {
    return this.http.get<Product>(`${catalog}/products/${id}`).pipe(map(({ data }) => data));
  }

  products(limit: number, offset: number): Observable<ProductPage> {
    return this.http.get<ProductPage>(`${catalog}/products`, { params: { limit, offset } }).pipe(map(({ data }) => data));
  }

  price(id: string): Observable<Price> {
    return this.http.get<Price>(`${pricing}/prices/${id}`).pipe(map(({ data }) => data));
  }

  prices(ids: string[]): Observable<PriceBatch> {
    return this.http.get<PriceBatch>(`${pricing}/prices`, { params: { ids: ids.join(',') } }).pipe(map(({ data }) => data));
  }

  reviews(id: string): Observable<ReviewPage> {
    return this.http.get<ReviewPage>(`${reviews}/products/${id}/reviews`, { params: { limit: 3 } }).pipe(map(({ data }) => data));
  }
}
