// Only the SDK, accessible to a test. Its bundle creates no global.
import wx from 'weixin-js-sdk';

window.sdk = wx;
