/** Copies a text, and shows a notice. @param {string} text @param {Pick<import('./types.js').App, 'i18n' | 'toast'>} app */
export async function copyText(text, { i18n: { t }, toast }) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('toast.copied'), 'ok');
  } catch (error) {
    toast(t('toast.error', { reason: /** @type {Error} */ (error).message }), 'bad');
  }
}
