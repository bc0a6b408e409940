import { onMounted, onUnmounted, shallowRef } from 'vue';
import { init, juziWx } from 'juzi-helper-wasm';

/** The open conversation, as refs that change when the user opens another. */
export function useConversation() {
  const chat = shallowRef(null);
  const error = shallowRef(null);

  async function load() {
    try {
      chat.value = await juziWx.getCurChatInfo();
      error.value = null;
    } catch (reason) {
      error.value = reason;
    }
  }

  onMounted(async () => {
    try {
      await init();
      juziWx.on('updateBaseInfo', load);
      await juziWx.sidebarAuth();
      await load();
    } catch (reason) {
      error.value = reason;
    }
  });
  onUnmounted(() => juziWx.off('updateBaseInfo', load));

  return { chat, error };
}
