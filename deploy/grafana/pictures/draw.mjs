// node draw.mjs RECORDING.json PICTURE.png: bundles dashboard.jsx, opens it in Chromium with the recording, takes a picture.
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { readFile } from 'node:fs/promises';

// what Grafana's own page sets around its components
const STYLE = `
  * { box-sizing: border-box; margin: 0 }
  body { background: #111217 }
  button { background: none; border: 0; color: inherit; font: inherit }
`;
const here = (path) => new URL(path, import.meta.url).pathname;
const [recording, picture] = process.argv.slice(2);
const bundle = await build({
  entryPoints: [here('dashboard.jsx')],
  bundle: true,
  write: false,
  jsx: 'automatic',
  // their ES modules import older packages in a way that only webpack resolves
  alias: Object.fromEntries(['data', 'ui'].map((name) => [`@grafana/${name}`, here(`node_modules/@grafana/${name}/dist/cjs/index.cjs`)])),
  outdir: 'out',
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  loader: { '.svg': 'dataurl', '.ttf': 'empty' },
  logLevel: 'error',
});
const text = (ending) => bundle.outputFiles.filter(({ path }) => path.endsWith(ending)).map(({ text }) => text);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1432, height: 800 } });
page.on('pageerror', (error) => {
  console.error(error.stack.slice(0, 1500));
  process.exitCode = 1;
});
const icons = here('node_modules/@grafana/ui/dist/public/');
await page.route('http://pictures.invalid/**', async (route) => {
  const { pathname } = new URL(route.request().url());
  if (pathname === '/') {
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><html><body></body></html>' });
  }
  return route.fulfill({ path: icons + pathname.replace('/public/', '') });
});
await page.goto('http://pictures.invalid/');
await page.addStyleTag({ content: text('.css').join('\n') + STYLE });
await page.evaluate((recorded) => (window.recorded = recorded), JSON.parse(await readFile(recording, 'utf8')));
await page.addScriptTag({ content: text('.js').join('\n') });
await page.waitForSelector('main', { timeout: 60_000 });
await page.waitForTimeout(3000);
await page.screenshot({ path: picture, fullPage: true });
await browser.close();
