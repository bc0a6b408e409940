import juzi from 'vite-plugin-juzi';
import { expectType } from './expect.mjs';

expectType<'serve'>()(juzi().apply);
juzi({ page: 'sidebar.html', scenario: 'juzi.toml', codeTtl: 60, overlay: false });
// @ts-expect-error a number of seconds
juzi({ codeTtl: '60s' });
// @ts-expect-error no such option
juzi({ port: 8787 });
