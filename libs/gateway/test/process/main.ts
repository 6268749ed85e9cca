import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { authenticate, authorize, Public } from '@portico/auth';
import { definePipeline } from '@portico/policies';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { GatewayConfig, runGateway, View } from '../../src/index.js';

const Thing = defineViewModel('Thing', Type.Object({ id: Type.String() }));

@Controller('things')
@Public()
class ThingsController {
  @Get('now')
  @View(Thing)
  now() {
    return { id: 'now' };
  }

  /** Answers when the spec does. */
  @Get('held')
  @View(Thing)
  async held() {
    const answer = await fetch(process.env.SPEC_URL as string);
    return { id: await answer.text() };
  }
}

@Module({ controllers: [ThingsController] })
class SpecModule {}

void runGateway({ name: 'spec-bff', config: GatewayConfig, module: SpecModule, pipeline: () => definePipeline(authenticate(), authorize()) });
