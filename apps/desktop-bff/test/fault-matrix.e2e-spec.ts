import { faultMatrix, fillBasket, type MatrixScreen } from '@portico/testing';
import { desktopBff } from '../src/desktop-bff.js';

const as = (user: string, scope?: string) => ({ as: { user, ...(scope !== undefined && { scope }) } });
const operator = as('c-eve', 'shop.read shop.write shop.operate');
const basketUses = ['basket', 'catalog', 'pricing', 'inventory'];
const tableUses = ['catalog', 'pricing', 'inventory', 'reviews'];

const screens: MatrixScreen[] = [
  { name: 'home', method: 'get', path: '/api/home', ...as('c-ann'), needs: [], uses: ['customers', 'basket', 'catalog', 'recommendations', 'pricing'] },
  { name: "operator's home", method: 'get', path: '/api/home', ...operator, needs: [], uses: ['customers', 'basket', 'catalog', 'recommendations', 'pricing', 'ordering', 'inventory'] },
  { name: 'product table', method: 'get', path: '/api/products?q=lamp', ...as('c-ann'), needs: ['catalog'], uses: tableUses },
  { name: 'product export', method: 'get', path: '/api/products/export?q=lamp', ...as('c-ann'), needs: ['catalog'], uses: tableUses },
  { name: 'product', method: 'get', path: '/api/products/p-0001', ...as('c-ann'), needs: ['catalog'], uses: [...tableUses, 'recommendations'] },
  { name: 'basket', method: 'get', path: '/api/basket', ...as('c-0010'), needs: ['basket'], uses: basketUses, prepare: fillBasket('c-0010') },
  {
    name: 'adding to the basket',
    method: 'post',
    path: '/api/basket/items',
    ...as('c-0011'),
    body: { lines: [{ productId: 'p-0002', quantity: 1 }] },
    needs: ['basket'],
    uses: basketUses,
    prepare: fillBasket('c-0011'),
  },
  { name: 'changing the basket', method: 'patch', path: '/api/basket/items/p-0001', ...as('c-0012'), body: { quantity: 3 }, needs: ['basket'], uses: basketUses, prepare: fillBasket('c-0012') },
  { name: 'removing from the basket', method: 'delete', path: '/api/basket/items/p-0001', ...as('c-0013'), needs: ['basket'], uses: ['basket'], prepare: fillBasket('c-0013') },
  {
    name: 'checkout',
    method: 'get',
    path: '/api/checkout',
    ...as('c-0014'),
    needs: ['basket', 'customers'],
    uses: ['basket', 'customers', 'catalog', 'pricing', 'shipping'],
    prepare: fillBasket('c-0014'),
  },
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
  { name: 'order table', method: 'get', path: '/api/orders', ...as('c-ann'), needs: ['ordering'], uses: ['ordering'] },
  { name: "everybody's orders", method: 'get', path: '/api/orders?scope=all', ...operator, needs: ['ordering'], uses: ['ordering'] },
  { name: 'order on its way', method: 'get', path: '/api/orders/o-00185', ...as('c-ann'), needs: ['ordering'], uses: ['ordering', 'shipping'] },
  { name: 'bulk action', method: 'post', path: '/api/orders/actions', ...operator, body: { action: 'archive', ids: ['o-00026'] }, needs: ['ordering'], uses: ['ordering'] },
  { name: 'account', method: 'get', path: '/api/account', ...as('c-ann'), needs: ['customers'], uses: ['customers'] },
  { name: 'changing the account', method: 'patch', path: '/api/account', ...as('c-0016'), body: { locale: 'de-DE' }, needs: ['customers'], uses: ['customers'] },
];

faultMatrix(desktopBff, screens);
