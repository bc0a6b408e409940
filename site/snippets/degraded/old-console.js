async function preview(urls) {
  try {
    await juziWx.previewImage({ urls, signal: AbortSignal.timeout(3000) });
  } catch (error) {
    // A console that does not know the call never answers it.
    if (error.code === 'aborted' || error.code === 'timeout') window.open(urls[0]);
    else throw error;
  }
}
