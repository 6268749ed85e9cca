import { Setting } from '@portico/config';
import type { Endpoint, PolicySteps, ReadyAnswer } from '@portico/core';
import { IsInt, Max, Min } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import { fieldName, fieldValue } from '../values/field-value.js';
import { ValueTemplate } from '../values/value-template.js';

export class MockAnswerOptions {
  @Setting({ description: 'Status of the answer' })
  @IsInt()
  @Min(200)
  @Max(599)
  status: number = 200;

  @Setting({ description: 'Header fields by name; their values may hold placeholders', type: 'string{}' })
  headers: Readonly<Record<string, string>> = {};

  @Setting({ description: 'The body; may hold placeholders, whose values are written as the content type wants it' })
  body: string = '';
}

/** Answers at once, without asking any service. */
@PolicyType('mock-answer', MockAnswerOptions)
export class MockAnswer implements ConfiguredPolicy<MockAnswerOptions> {
  compile({ status, headers, body }: MockAnswerOptions, endpoint: Endpoint): PolicySteps {
    const fields = Object.entries(headers).map(([name, value]) => [fieldName(name, `headers.${name}`), fieldValue(value, { endpoint, path: `headers.${name}` })] as const);
    const contentType = fields.find(([name]) => name === 'content-type')?.[1].constant ?? '';
    const text = new ValueTemplate(body, { endpoint, path: 'body', encode: encoderFor(contentType.toLowerCase()) });
    if (text.constant !== undefined && fields.every(([, value]) => value.constant !== undefined)) {
      const ready: ReadyAnswer = Object.freeze({ status, headers: Object.freeze(Object.fromEntries(fields.map(([name, value]) => [name, value.constant as string]))), body: text.constant });
      return { inbound: (context) => void (context.ready = ready) };
    }
    return {
      inbound(context) {
        context.ready = { status, headers: Object.fromEntries(fields.map(([name, value]) => [name, value.render(context)])), body: text.render(context) };
      },
    };
  }
}

/** What a client sent must stay a value: it would be markup or the end of a string otherwise. */
function encoderFor(contentType: string): (value: string) => string {
  if (contentType.includes('json')) return (value) => JSON.stringify(value).slice(1, -1);
  if (contentType.startsWith('text/plain')) return (value) => value;
  return (value) => value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
