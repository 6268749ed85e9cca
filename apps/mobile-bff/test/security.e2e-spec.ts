import { securitySuite } from '@portico/testing';
import { mobileBff } from '../src/mobile-bff.js';

securitySuite(mobileBff, {
  deviceClass: 'mobile',
  bindings: {
    items: '/api/products',
    item: '/api/products/p-0001',
    itemFields: ['id', 'image', 'inStock', 'name', 'price', 'reviews'],
    own: '/api/account',
    write: { method: 'POST', path: '/api/basket/items', body: { productId: 'p-0001', quantity: 1 } },
    hub: '/hubs/mobile',
    otherAudience: 'https://desktop.portico.example',
  },
  orderPath: (id) => `/api/orders/${id}`,
  pending: ['BODY-013', 'OIDC-024', 'OIDC-027', 'native'],
});
