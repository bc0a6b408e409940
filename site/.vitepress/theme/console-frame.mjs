/** The console's frame: what has started of it, what could not, and what its page reports. */
import { computed, onBeforeUnmount, onMounted, reactive, ref } from 'vue';

/** Whether the console's script has run. A frame is loaded even if nothing could be fetched. @param {HTMLIFrameElement} frame */
const hasStarted = (frame) => frame.contentDocument?.documentElement.dataset.playground === 'started';

/** @param {(report: any) => void} [onReport] Gets what the page reports of itself (`playground/page/report.js`). */
export function useConsole(onReport = () => {}) {
  const frame = ref(null);
  const address = ref('');
  const started = reactive({ worker: false, console: false, page: false });
  /** What could not start, and why. @type {import('vue').Ref<{ what: string, reason: string } | null>} */
  const failure = ref(null);
  /** What is being waited for; empty if nothing is. */
  const stage = computed(() => {
    if (failure.value || !address.value) return '';
    return ['worker', 'console', 'page'].find((part) => !started[part]) ?? '';
  });

  /** @param {string} what @param {unknown} [error] */
  function fail(what, error) {
    failure.value = { what, reason: error instanceof Error ? error.message : '' };
  }

  /** Starts the service worker, while the console loads. @param {string} folder The playground's, as an absolute URL. */
  async function start(folder) {
    failure.value = null;
    try {
      // Not in the bundle of the pages that only read.
      const { startWorker } = await import('../../playground/run.mjs');
      await startWorker(folder);
      started.worker = true;
    } catch (error) {
      address.value = '';
      fail('worker', error);
    }
  }

  /** Loads a console, also the one that is there. @param {string} next */
  function show(next) {
    Object.assign(started, { console: false, page: false });
    if (next === address.value) frame.value?.contentWindow?.location.replace(next);
    address.value = next;
  }

  function loaded() {
    if (frame.value && hasStarted(frame.value)) started.console = true;
    else fail('console');
  }

  /** @param {MessageEvent} event */
  function receive({ data, source, origin }) {
    if (origin !== location.origin || source !== frame.value?.contentWindow) return;
    if (data?.type !== 'playground' || data.ask !== 'page') return;
    started.page = true;
    onReport(data);
  }
  onMounted(() => addEventListener('message', receive));
  onBeforeUnmount(() => removeEventListener('message', receive));

  return { frame, address, stage, started, failure, start, show, loaded, fail };
}
