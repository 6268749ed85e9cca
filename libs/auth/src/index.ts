export { AllowClients, declaredAccess, Public, Scopes, type Access } from './access.decorators.js';
export { assertAccessDeclared } from './assert-access-declared.js';
export { authenticate } from './authenticate.policy.js';
export { authorize } from './authorize.policy.js';
export { TokenVerifier } from './token-verifier.js';
export type { TokenAlgorithm, TokenVerifierDeps, TokenVerifierOptions } from './token-verifier.config.js';
