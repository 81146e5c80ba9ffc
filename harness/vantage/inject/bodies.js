// Bodies that the browser's own debugging interface does not show: files and blobs that a page sends by HTTP.
// Shared by page and worker; `send` and `base64` are theirs.
const LARGEST = 8 * 1024 * 1024;

const partsOf = (body) => {
  if (body instanceof Blob) return [body];
  if (body instanceof FormData) return [...body.values()].filter((value) => value instanceof Blob);
  return [];
};

const noteBody = (url, body) => {
  for (const part of partsOf(body)) {
    part.slice(0, LARGEST).arrayBuffer().then(
      (bytes) => send({ t: 'body', url: String(url), data: base64(bytes) }),
      () => send({ t: 'body', url: String(url), data: '' }),
    );
  }
};

if (self.fetch) {
  self.fetch = new Proxy(self.fetch, {
    apply(target, self_, [input, init, ...rest]) {
      if (init && init.body) noteBody(input && input.url ? input.url : input, init.body);
      else if (input instanceof Request && input.body) input.clone().blob().then((blob) => noteBody(input.url, blob), () => {});
      return Reflect.apply(target, self_, [input, init, ...rest]);
    },
  });
}
if (self.XMLHttpRequest) {
  const addresses = new WeakMap();
  const { open: openRequest, send: sendRequest } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    addresses.set(this, url);
    return openRequest.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (body) {
    noteBody(addresses.get(this), body);
    return sendRequest.call(this, body);
  };
}
if (self.navigator && navigator.sendBeacon) {
  const beacon = navigator.sendBeacon.bind(navigator);
  Object.getPrototypeOf(navigator).sendBeacon = (url, body) => {
    noteBody(url, body);
    return beacon(url, body);
  };
}
if (self.document) {
  addEventListener('submit', (event) => noteBody(event.target.action, new FormData(event.target, event.submitter)), true);
}
