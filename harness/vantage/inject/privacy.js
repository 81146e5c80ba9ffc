// Runs after page.js: notes which devices the page asks for, whether the person had pressed the button for that before
// (CONSENT: device -> selector), and which servers it has its WebRTC connections use.
const pressed = new Set();
addEventListener('click', (event) => {
  if (!event.isTrusted || !event.target.closest) return;
  for (const [device, selector] of Object.entries(CONSENT)) {
    if (event.target.closest(selector)) pressed.add(device);
  }
}, true);

const asked = (devices) => {
  if (devices.length) send({ t: 'devices', devices, consented: devices.every((device) => pressed.has(device)) });
};
const wanted = (constraints) => [
  ...(constraints && constraints.video ? ['camera'] : []),
  ...(constraints && constraints.audio ? ['microphone'] : []),
];
const watchCalls = (owner, name, devicesOf) => {
  const own = owner && owner[name];
  if (!own) return;
  owner[name] = function (...args) {
    asked(devicesOf(args[0]));
    return own.apply(this, args);
  };
};
if (self.MediaDevices) {
  watchCalls(MediaDevices.prototype, 'getUserMedia', wanted);
  watchCalls(MediaDevices.prototype, 'getDisplayMedia', () => ['screen']);
}
watchCalls(Navigator.prototype, 'webkitGetUserMedia', wanted);

const noteServers = (configuration) => {
  for (const server of (configuration && configuration.iceServers) || []) {
    for (const url of [].concat(server.urls || server.url || [])) {
      send({ t: 'ice', url: String(url), user: String(server.username || ''), password: String(server.credential || '') });
    }
  }
};
if (self.RTCPeerConnection) {
  self.RTCPeerConnection = new Proxy(self.RTCPeerConnection, {
    construct(target, args, newTarget) {
      noteServers(args[0]);
      return Reflect.construct(target, args, newTarget);
    },
  });
  watchCalls(RTCPeerConnection.prototype, 'setConfiguration', (configuration) => {
    noteServers(configuration);
    return [];
  });
}
