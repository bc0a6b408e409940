// A bundle with an SDK of its own, which no global points to.
import wx from 'weixin-js-sdk';

window.bundled = window.juziWx.patch(wx);
