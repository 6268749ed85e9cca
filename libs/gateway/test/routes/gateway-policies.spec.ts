import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import { Public } from '@portico/auth';
import { Setting } from '@portico/config';
import type { PolicySteps } from '@portico/core';
import { configuredPolicies, definePipeline, PolicyType, UsePolicy, type ConfiguredPolicy } from '@portico/policies';
import { defineViewModel } from '@portico/view-model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import Type from 'typebox';
import { explain } from '../../src/commands/explain.command.js';
import { inspectGateway } from '../../src/commands/inspect-gateway.js';
import { GatewayConfig, View } from '../../src/index.js';
import { startApp, type TestApp } from '../start-app.js';

class WordOptions {
  @Setting({ description: 'What is added to x-words' })
  word: string = 'hello';
}

/** Adds a word to a field of the answer. */
@PolicyType('word', WordOptions)
class Word implements ConfiguredPolicy<WordOptions> {
  compile({ word }: WordOptions): PolicySteps {
    return { outbound: (_, answer) => answer.setHeader('x-words', [answer.header('x-words'), word].filter(Boolean).join(' ')) };
  }
}

const Thing = defineViewModel('PolicyThing', Type.Object({ id: Type.String() }));

@Public()
@Controller()
class ThingController {
  @Get('things/plain')
  @View(Thing)
  plain() {
    return { id: 'plain' };
  }

  @Get('things/own')
  @View(Thing)
  @UsePolicy(Word, { word: 'own' })
  own() {
    return { id: 'own' };
  }
}

@Module({ controllers: [ThingController] })
class Things {}

let folder: string;
let file: string;
let app: TestApp | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-policies-'));
  file = join(folder, 'gateway.yaml');
});

afterEach(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(text: string): Promise<TestApp> {
  await writeFile(file, text);
  app = await startApp({ module: Things, policies: [configuredPolicies()], definition: { routeFiles: [file], policies: [Word] } });
  return app;
}

const saying = (word: string) => `version: 1\npolicies:\n  outbound: [{ word: { word: ${word} } }]\n`;

describe('the policies of a whole gateway', () => {
  it('run for its coded operations, before those of a decorator', async () => {
    const { client } = await start(saying('all'));
    expect((await client.get('/things/plain')).headers['x-words']).toBe('all');
    expect((await client.get('/things/own')).headers['x-words']).toBe('all own');
  });

  it('leave system endpoints alone', async () => {
    const { client } = await start(saying('all'));
    expect((await client.get('/health/live')).headers['x-words']).toBeUndefined();
  });

  it('may hold placeholders, with the base URL of the file', async () => {
    const { client } = await start("version: 1\nsettings: { baseUrl: https://shop.example }\npolicies:\n  outbound: [{ set-header: { name: x-home, value: '{BaseUrl}/home' } }]\n");
    expect((await client.get('/things/plain')).headers['x-home']).toBe('https://shop.example/home');
  });

  it('change with the file, and stay when the change has a fault', async () => {
    const { client, logged } = await start(saying('before'));
    await writeFile(file, saying('after'));
    await logged(({ msg }) => msg === 'The configured routes were read anew');
    expect((await client.get('/things/own')).headers['x-words']).toBe('after own');
    // Nothing was matched where an operation is called: only its compilation can know.
    await writeFile(file, "version: 1\npolicies:\n  outbound: [{ set-header: { name: x-id, value: '{nothing}' } }]\n");
    const refusal = await logged(({ msg }) => msg === 'The changed routes were refused; the old ones stay');
    expect(refusal.reason).toContain('{nothing}');
    expect((await client.get('/things/own')).headers['x-words']).toBe('after own');
  });

  it('keep the gateway from starting when one cannot be compiled for an operation', async () => {
    await expect(start("version: 1\npolicies:\n  outbound: [{ set-header: { name: x-id, value: '{nothing}' } }]\n")).rejects.toThrow('{nothing}');
  });

  it('are shown by explain with their origin', async () => {
    await writeFile(file, saying('all'));
    const gateway = { name: 'test-bff', config: GatewayConfig, module: Things, policies: [Word], pipeline: () => definePipeline(configuredPolicies()) };
    const text = await inspectGateway(gateway, [file], (assembled) => explain(assembled, ['GET', '/things/own']));
    expect(text.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '))).toEqual([
      'GET /things/own',
      'answered by the coded operation /things/own: those come before every route',
      'by ThingController.own',
      'Policies:',
      'outbound | word | global',
      'outbound | word | decorator',
    ]);
  });
});
