import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';

// What a team writes today without a platform: Nest as its documentation starts, on Express, with HttpService as it comes.
const app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: ['error', 'warn'] });
await app.listen(Number(process.env['PORT']), '127.0.0.1');
