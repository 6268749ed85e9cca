import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RequestContext } from '@portico/core';
import type { GatewayRequest } from '../accept/gateway-request.js';

/** Hands the request's context to a method: `read(@Context() context: RequestContext)`. */
export const Context = createParamDecorator((_: unknown, execution: ExecutionContext): RequestContext => execution.getArgByIndex<GatewayRequest>(0).gatewayContext);
