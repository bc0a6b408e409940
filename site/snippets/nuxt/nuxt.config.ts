import juzi from 'vite-plugin-juzi';

export default defineNuxtConfig({
  compatibilityDate: '2026-01-01',
  vite: { plugins: [juzi({ page: '/' })] },
});
