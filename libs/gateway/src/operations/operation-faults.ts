import { REDIRECT_METADATA, RENDER_METADATA, ROUTE_ARGS_METADATA, SSE_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Operation } from './operation.js';

/** Ways of answering that pass by the view model. */
const sideDoors: readonly [key: string, name: string][] = [
  [RENDER_METADATA, '@Render()'],
  [REDIRECT_METADATA, '@Redirect()'],
  [SSE_METADATA, '@Sse()'],
];

const untrimmable = new Set<unknown>([String, Number, Boolean, Buffer]);

/** What keeps an operation from being served: each would let something out that no view model names. */
export function operationFaults(operation: Operation): string[] {
  const faults: string[] = [];
  const declared = [operation.view && '@View()', operation.rows && '@Rows()', operation.noContent && '@NoContent()'].filter(Boolean);
  if (declared.length === 0) faults.push('declares no answer: add @View(), @Rows() or @NoContent()');
  if (declared.length > 1) faults.push(`declares ${declared.join(' and ')}: an operation has one kind of answer`);
  const returns: unknown = Reflect.getMetadata('design:returntype', operation.controller.prototype as object, operation.methodName);
  if (!operation.noContent && untrimmable.has(returns)) faults.push(`returns a ${(returns as { name: string }).name}, which no view model can trim`);
  for (const [key, name] of sideDoors) if (Reflect.getMetadata(key, operation.handler) !== undefined) faults.push(`uses ${name}, which passes by the view model`);
  if (takesRawReply(operation)) faults.push('takes the raw response by @Res() or @Next(), which passes by the view model');
  return faults;
}

function takesRawReply(operation: Operation): boolean {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, operation.controller, operation.methodName) ?? {}) as object;
  return Object.keys(args).some((key) => {
    const type = Number(key.split(':', 1)[0]);
    return type === RouteParamtypes.RESPONSE || type === RouteParamtypes.NEXT;
  });
}
