import { defineConfig } from '@playwright/test';

const port = Number(process.env.PORT ?? 5173);

export default defineConfig({
  testDir: 'tests',
  reporter: 'line',
  use: {
    baseURL: `http://localhost:${port}/`,
    launchOptions: { executablePath: process.env.CHROMIUM, args: process.env.CHROMIUM_ARGS?.split(' ') },
  },
  webServer: {
    command: `${process.env.VITE ?? 'npx vite'} --port ${port} --strictPort --host localhost`,
    url: `http://localhost:${port}/`,
  },
});
