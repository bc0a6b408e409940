// Only the SDK, accessible to a test. Its bundle creates no global.
import wx from 'wecomjsdk';

window.sdk = wx;
