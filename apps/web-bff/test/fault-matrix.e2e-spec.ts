import { faultMatrix, fillBasket, type MatrixScreen } from '@portico/testing';
import { webBff } from '../src/web-bff.js';

const as = (user: string) => ({ as: { user } });
const basketUses = ['basket', 'catalog', 'pricing'];

const screens: MatrixScreen[] = [
  { name: 'home', method: 'get', path: '/api/home', ...as('c-ann'), needs: [], uses: ['customers', 'basket', 'catalog', 'recommendations', 'pricing'] },
  { name: 'product list', method: 'get', path: '/api/products?q=lamp', needs: ['catalog'], uses: ['catalog', 'pricing', 'reviews'] },
  { name: 'product', method: 'get', path: '/api/products/p-0001', needs: ['catalog'], uses: ['catalog', 'pricing', 'inventory', 'reviews', 'recommendations'] },
  { name: 'basket', method: 'get', path: '/api/basket', ...as('c-0010'), needs: ['basket'], uses: basketUses, prepare: fillBasket('c-0010') },
  { name: 'adding to the basket', method: 'post', path: '/api/basket/items', ...as('c-0011'), body: { productId: 'p-0002' }, needs: ['basket'], uses: basketUses, prepare: fillBasket('c-0011') },
  { name: 'changing the basket', method: 'patch', path: '/api/basket/items/p-0001', ...as('c-0012'), body: { quantity: 3 }, needs: ['basket'], uses: basketUses, prepare: fillBasket('c-0012') },
  { name: 'removing from the basket', method: 'delete', path: '/api/basket/items/p-0001', ...as('c-0013'), needs: ['basket'], uses: ['basket'], prepare: fillBasket('c-0013') },
  { name: 'checkout', method: 'get', path: '/api/checkout', ...as('c-0014'), needs: ['basket', 'customers'], uses: [...basketUses, 'customers', 'shipping'], prepare: fillBasket('c-0014') },
  {
    name: 'placing an order',
    method: 'post',
    path: '/api/checkout',
    ...as('c-0015'),
    body: { addressId: 'a-0015-1', shippingOption: 'standard', paymentMethod: 'card' },
    needs: ['basket', 'ordering'],
    uses: ['basket', 'ordering'],
    prepare: fillBasket('c-0015'),
  },
  { name: 'order list', method: 'get', path: '/api/orders', ...as('c-ann'), needs: ['ordering'], uses: ['ordering'] },
  { name: 'order on its way', method: 'get', path: '/api/orders/o-00185', ...as('c-ann'), needs: ['ordering'], uses: ['ordering', 'shipping'] },
  { name: 'account', method: 'get', path: '/api/account', ...as('c-ann'), needs: ['customers'], uses: ['customers'] },
  { name: 'changing the account', method: 'patch', path: '/api/account', ...as('c-0016'), body: { locale: 'de-DE' }, needs: ['customers'], uses: ['customers'] },
];

faultMatrix(webBff, screens);
