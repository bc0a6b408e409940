// A bundle that contains an SDK to which no global refers.
import wx from 'weixin-js-sdk';

window.bundled = window.juziWx.patch(wx);
