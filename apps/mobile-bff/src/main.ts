import 'reflect-metadata';
import { runGateway } from '@portico/gateway';
import { mobileBff } from './mobile-bff.js';

void runGateway(mobileBff);
