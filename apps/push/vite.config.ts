import { defineConfig } from 'vite';
import { appBundle } from '../../vite.base.ts';

export default defineConfig(appBundle());
