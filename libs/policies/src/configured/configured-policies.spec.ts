import { ConfigurationError, Setting } from '@portico/config';
import { noEndpoint, PorticoError, type Endpoint, type PolicySteps, type Resolve } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { faultsOf, operation, resolve, route, routeContext, TestAnswer } from '../../test/fixtures.js';
import { definePipeline } from '../pipeline.js';
import type { PolicySection } from '../policy-section.js';
import { configuredPolicies } from './configured-policies.js';
import type { ConfiguredPolicy } from './configured-policy.js';
import { PolicyRegistry } from './policy-registry.js';
import { PolicyScopes } from './policy-scopes.js';
import type { PolicySections } from './policy-sections.js';
import { PolicyType } from './policy-type.decorator.js';
import { policiesKey, type DeclaredPolicy } from './use-policy.decorator.js';

class SayOptions {
  @Setting({ description: 'What' })
  word: string = '';
}

let seen: string[] = [];

/** Says its word in every section but onError, where it has a step only for errors. */
@PolicyType('say', SayOptions)
class Say implements ConfiguredPolicy<SayOptions> {
  compile({ word }: SayOptions): PolicySteps {
    return {
      inbound: () => void seen.push(`in ${word}`),
      backend: (_context, _request, next) => next(),
      outbound: () => void seen.push(`out ${word}`),
    };
  }
}

/** What an inbound step knows reaches the outbound one of the same place. */
@PolicyType('remember', SayOptions)
class Remember implements ConfiguredPolicy<SayOptions> {
  compile({ word }: SayOptions, _endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined): PolicySteps {
    const memory: string[] = [];
    return { inbound: () => void memory.push(word), outbound: () => void seen.push(`${section ?? 'everywhere'}: ${memory.join()}`) };
  }
}

@PolicyType('fail', SayOptions)
class Fail implements ConfiguredPolicy<SayOptions> {
  compile({ word }: SayOptions): undefined {
    if (word === 'bug') throw new RangeError('broken');
    if (word !== '') throw new ConfigurationError([{ path: 'word', message: `is ${word}` }]);
  }
}

const coded = (name: string) => ({ name, compile: () => ({ inbound: () => void seen.push(name), outbound: () => void seen.push(`out ${name}`) }) });
const say = (word: string) => ({ name: 'say', options: { word } });
const fail = (word: string) => ({ name: 'fail', options: { word } });
const scopes = (sections: PolicySections) => new PolicyScopes(new PolicyRegistry([Say, Remember, Fail]), { path: 'policies', sections });
const routeWith = (sections: PolicySections) => route({ [policiesKey]: scopes(sections).forRoute() });
const operationWith = (sections: PolicySections, declared: DeclaredPolicy[] = []) => operation({ [policiesKey]: scopes(sections).forOperation(declared) });
const pipeline = definePipeline(coded('first'), configuredPolicies(), coded('last'));

describe('configuredPolicies()', () => {
  it('says where the configured policies run among the coded ones, in each section', async () => {
    seen = [];
    const compiled = pipeline.compile(routeWith({ inbound: [say('a'), say('b')], outbound: [say('c')] }), resolve);
    await compiled.inbound(routeContext());
    await compiled.outbound(routeContext(), new TestAnswer());
    expect(seen).toEqual(['first', 'in a', 'in b', 'last', 'out first', 'out c', 'out last']);
  });

  it('shows every step with its origin', () => {
    const effective = scopes({ inbound: [say('a')] }).forRoute({ path: 'r', sections: { inbound: ['base', { name: 'remember' }], backend: [say('b')] } });
    const compiled = pipeline.compile(route({ [policiesKey]: effective }), resolve);
    expect(compiled.policies).toEqual(['first', 'say', 'remember', 'last']);
    expect(compiled.describe()).toEqual({
      inbound: [
        { name: 'first', origin: 'pipeline' },
        { name: 'say', origin: 'global' },
        { name: 'remember', origin: 'route' },
        { name: 'last', origin: 'pipeline' },
      ],
      backend: [{ name: 'say', origin: 'route' }],
      outbound: [
        { name: 'first', origin: 'pipeline' },
        { name: 'last', origin: 'pipeline' },
      ],
      onError: [],
    });
  });

  it('runs all steps of a decorated policy, which share what they know', async () => {
    seen = [];
    const compiled = definePipeline(configuredPolicies()).compile(operationWith({ inbound: [say('a')] }, [{ type: Remember, options: Object.assign(new SayOptions(), { word: 'x' }) }]), resolve);
    await compiled.inbound(routeContext());
    await compiled.outbound(routeContext(), new TestAnswer());
    expect(seen).toEqual(['in a', 'everywhere: x']);
    expect(compiled.describe().outbound).toEqual([{ name: 'remember', origin: 'decorator' }]);
  });

  it('has no backend section for an operation, which forwards nothing', () => {
    expect(pipeline.compile(operationWith({ backend: [say('a')] }), resolve).describe().backend).toEqual([]);
  });

  it('does nothing where nothing is configured', () => {
    for (const endpoint of [route(), operation(), noEndpoint]) expect(pipeline.compile(endpoint, resolve).policies).toEqual(['first', 'last']);
  });

  it('refuses a policy in a section for which it has no step, and reports every fault with its path', () => {
    expect(faultsOf(() => pipeline.compile(routeWith({ inbound: [fail('no'), fail('')], outbound: [fail('nor')], onError: [say('a')] }), resolve))).toEqual([
      'policies.inbound[0].fail.word: is no',
      'policies.outbound[0].fail.word: is nor',
      'policies.onError[0].say: has no step for the section onError',
    ]);
  });

  it('says where a policy stands that breaks, and keeps what broke it', () => {
    const compile = () => pipeline.compile(routeWith({ inbound: [fail('bug')] }), resolve);
    expect(compile).toThrow('images: policies.inbound[0].fail: broken');
    expect(compile).toThrow(expect.objectContaining({ cause: expect.any(RangeError) as unknown }));
  });

  it('must stand in the pipeline of a gateway that configures policies', () => {
    expect(() => definePipeline(coded('first')).compile(routeWith({ inbound: [say('a')] }), resolve)).toThrow('images has configured policies, but the pipeline does not say where they run');
    expect(() => definePipeline(coded('first')).compile(routeWith({}), resolve)).not.toThrow();
  });

  it('stands there once', () => {
    expect(() => definePipeline(configuredPolicies(), configuredPolicies())).toThrow('two policies called configured-policies');
  });

  it('refuses decorators whose scopes nobody merged: they would run nowhere', () => {
    expect(() => pipeline.compile(operation({ [policiesKey]: [{ type: Say, options: new SayOptions() }] }), resolve)).toThrow('ImageController.read: the scopes of its policies are not merged');
  });

  it('keeps the object of a step that is a method', () => {
    class Steps implements PolicySteps {
      readonly detail = 'own';
      onError() {
        return new PorticoError('INTERNAL', { detail: this.detail });
      }
    }
    const compiled = definePipeline({ name: 'steps', compile: () => new Steps() }).compile(noEndpoint, resolve);
    expect(compiled.onError(routeContext(), new PorticoError('INTERNAL')).detail).toBe('own');
  });
});
