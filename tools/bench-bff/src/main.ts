import 'reflect-metadata';
import { runGateway } from '@portico/gateway';
import { BenchConfig } from './bench.config.js';
import { BenchModule } from './bench.module.js';
import { pipeline } from './pipeline.js';

void runGateway({ name: 'bench-bff', config: BenchConfig, module: BenchModule, pipeline });
