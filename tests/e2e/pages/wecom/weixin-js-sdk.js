// The SDK alone, where a test can reach it: the bundle makes no global of it.
import wx from 'weixin-js-sdk';

window.sdk = wx;
