import { REDIRECT_METADATA, RENDER_METADATA, SSE_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { declaredAccess } from '@portico/auth';
import { handlerArguments } from './handler-arguments.js';
import type { Operation } from './operation.js';

/** Ways of answering that pass by the view model. */
const sideDoors: readonly [key: string, name: string][] = [
  [RENDER_METADATA, '@Render()'],
  [REDIRECT_METADATA, '@Redirect()'],
  [SSE_METADATA, '@Sse()'],
];

const untrimmable = new Set<unknown>([String, Number, Boolean, BigInt, Buffer, Array]);

const rawKinds: ReadonlySet<number> = new Set([RouteParamtypes.RESPONSE, RouteParamtypes.NEXT]);

/** What keeps an operation from being served: each would let something out that no view model names, or somebody in whom nobody meant. */
export function operationFaults(operation: Operation): string[] {
  const faults: string[] = [];
  const declared = [operation.view && '@View()', operation.rows && '@Rows()', operation.noContent && '@NoContent()'].filter(Boolean);
  if (declared.length === 0) faults.push('declares no answer: add @View(), @Rows() or @NoContent()');
  if (declared.length > 1) faults.push(`declares ${declared.join(' and ')}: an operation has one kind of answer`);
  if (!declaredAccess(operation.endpoint('', ''))) faults.push('declares neither @Public() nor @Scopes(): say who may use it');
  const returns: unknown = Reflect.getMetadata('design:returntype', operation.controller.prototype as object, operation.methodName);
  if (!operation.noContent && untrimmable.has(returns)) faults.push(`returns a ${(returns as { name: string }).name}, which no view model can trim`);
  for (const [key, name] of sideDoors) if (Reflect.getMetadata(key, operation.handler) !== undefined) faults.push(`uses ${name}, which passes by the view model`);
  if (handlerArguments(operation).some(({ kind }) => rawKinds.has(kind))) faults.push('takes the raw response by @Res() or @Next(), which passes by the view model');
  return faults;
}
