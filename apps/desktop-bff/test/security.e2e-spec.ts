import { securitySuite } from '@portico/testing';
import { desktopBff } from '../src/desktop-bff.js';

securitySuite(desktopBff, {
  deviceClass: 'desktop',
  bindings: {
    items: '/api/products',
    item: '/api/products/p-0001',
    itemFields: ['attributes', 'brand', 'category', 'createdAt', 'description', 'id', 'images', 'name', 'price', 'priceHistory', 'related', 'reviews', 'sku', 'stock', 'tagline', 'tags', 'weightGrams'],
    own: '/api/account',
    write: { method: 'POST', path: '/api/basket/items', body: { productId: 'p-0001', quantity: 1 } },
    hub: '/hubs/desktop',
    otherAudience: 'https://mobile.portico.example',
  },
  orderPath: (id) => `/api/orders/${id}`,
  pending: ['BODY-013', 'OIDC-024', 'OIDC-027'],
});
