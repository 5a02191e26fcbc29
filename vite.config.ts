import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { FIRST_CLUSTER, KEPT_KEY } from './src/ui/state/first-cluster.ts';

// Relative base: the build also runs from a sub-folder of somebody's blog.
export default defineConfig({
  base: './',
  plugins: [react(), earlyEngine(), earlyWords()],
  resolve: {
    alias: [
      // monaco-yaml imports deep paths that Monaco's export map no longer carries under esm/vs.
      { find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: 'monaco-editor/$1' },
    ],
  },
  build: {
    target: 'es2022',
    manifest: true,
    // Monaco is one lazy chunk of about 3.5 MB; size-limit guards what matters.
    chunkSizeWarningLimit: 8_000,
    // How long each plugin took says nothing to whoever starts the page.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: {
    format: 'es',
    // A folder of their own: sizes are guarded by name, and Monaco's workers stand beside ours.
    rolldownOptions: { output: { entryFileNames: 'assets/workers/[name]-[hash].js' } },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});

/**
 * Asks for the engine in the page's head, so that it loads beside the page's script instead of
 * after it; and for the first cluster, unless the address or the storage tell of another.
 */
function earlyEngine(): Plugin {
  return {
    name: 'early-engine',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const files = Object.keys(bundle);
        const file = files.find((name) => /^assets\/workers\/worker-.*\.js$/.test(name));
        if (file === undefined) throw new Error('the build holds no engine worker');
        const options = JSON.stringify(FIRST_CLUSTER);
        const children = `
      // A page that is attached to a server's cluster needs no engine of its own.
      if (!window.kubariumRemote) try {
        var startMs = Math.floor(Date.now() / 1000) * 1000;
        var worker = new Worker('./${file}', { type: 'module' });
        var early = { worker: worker, failed: false, startMs: startMs };
        worker.onerror = function () { early.failed = true; };
        var isEmbedded = /[?&]embed=1(&|$)/.test(location.search);
        var isOther = /^#v\\d+\\./.test(location.hash) || /[?&](seed|preset|branch)=/.test(location.search);
        if (!isOther && (isEmbedded || !localStorage.getItem('${KEPT_KEY}'))) {
          var options = Object.assign(${options}, { startMs: startMs });
          worker.postMessage({ type: 'prepare', options: options });
        }
        window.kubariumEngine = early;
      } catch (error) {}
    `;
        return [{ tag: 'script', injectTo: 'head-prepend', children }];
      },
    },
  };
}

/**
 * Asks for the Chinese words in the page's head when the page will want them, so that they come
 * beside the page's script instead of after it, and names the language before anything is drawn.
 * It guesses as `src/ui/state/language.ts` decides; a wrong guess costs one request.
 */
function earlyWords(): Plugin {
  return {
    name: 'early-words',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const fileOf = (name: string) =>
          Object.keys(bundle).find((file) => file.startsWith(`assets/${name}-`));
        const files = JSON.stringify({
          'zh-Hant': fileOf('traditional'),
          'zh-Hans': fileOf('simplified'),
        });
        const children = `
      try {
        var asked = new URLSearchParams(location.search).get('lang');
        var kept = JSON.parse(localStorage.getItem('kubarium.preferences') || '{}').language;
        var tags = asked ? [asked] : kept && kept !== 'browser' ? [kept] : navigator.languages;
        var tag = tags.find(function (each) { return /^(zh|yue|en)\\b/i.test(each); }) || 'en';
        var isHant = !/hans/i.test(tag) && /^yue|hant|[-_](tw|hk|mo)\\b/i.test(tag);
        var lang = /^en/i.test(tag) ? 'en' : isHant ? 'zh-Hant' : 'zh-Hans';
        document.documentElement.lang = lang;
        var file = ${files}[lang];
        if (file) {
          var link = document.createElement('link');
          link.rel = 'modulepreload';
          link.href = './' + file;
          document.head.append(link);
        }
      } catch (error) {}
    `;
        return [{ tag: 'script', injectTo: 'head-prepend', children }];
      },
    },
  };
}
