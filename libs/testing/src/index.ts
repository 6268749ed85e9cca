export { faultMatrix, type FaultMatrixOptions } from './fault-matrix.js';
export { fillBasket } from './fill-basket.js';
export type { MatrixScreen } from './matrix-screen.js';
export { openServiceLine, ServiceLine } from './service-line.js';
export { startTestGateway, TestGateway } from './test-gateway.js';
export { startTestIssuer, type TestIssuer, type TokenWish } from './test-issuer.js';
export { startTestShop, type NotedRequest, type ShopFaults, type TestShop } from './test-shop.js';
export { withShop, type WithShop } from './with-shop.js';
