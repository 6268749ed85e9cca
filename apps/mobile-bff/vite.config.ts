import { defineConfig } from 'vite';
import { gatewayBundle } from '../../vite.base.ts';

export default defineConfig(gatewayBundle());
