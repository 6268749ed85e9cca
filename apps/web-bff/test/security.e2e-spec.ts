import { securitySuite } from '@portico/testing';
import { webBff } from '../src/web-bff.js';

securitySuite(webBff, {
  deviceClass: 'web',
  bindings: {
    items: '/api/products',
    item: '/api/products/p-0001',
    itemFields: ['attributes', 'available', 'brand', 'category', 'description', 'id', 'images', 'name', 'price', 'related', 'reviews', 'sku', 'tagline'],
    own: '/api/account',
    write: { method: 'POST', path: '/api/basket/items', body: { productId: 'p-0001', quantity: 1 } },
    hub: '/hubs/web',
    otherAudience: 'https://mobile.portico.example',
  },
  orderPath: (id) => `/api/orders/${id}`,
  pending: ['BODY-013', 'OIDC-024', 'OIDC-027', 'COOK-001', 'COOK-003', 'COOK-005', 'COOK-008', 'OIDC-003', 'OIDC-005', 'OIDC-006', 'OIDC-008', 'OIDC-011', 'OIDC-016', 'OIDC-018', 'OIDC-020', 'OIDC-022'],
});
