export { startTestGateway, TestGateway } from './test-gateway.js';
export { startTestIssuer, type TestIssuer, type TokenWish } from './test-issuer.js';
export { startTestShop, type NotedRequest, type ShopFaults, type TestShop } from './test-shop.js';
