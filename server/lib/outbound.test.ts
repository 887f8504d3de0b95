import { describe, expect, it } from "vitest";
import {
  judgeUrl,
  judgeUrlOrPath,
  NONE_ALLOWED,
  readAllowed,
} from "./outbound.ts";

const REFUSED = [
  ...["", "video", "//cams.example/1", "http://", "http://[::1", "http:///"],
  ...["rtsp://10.0.0.7/1", "file:///etc/passwd", "javascript:alert(1)"],
  ...["data:text/html,x", "blob:http://cams.example/1", "ftp://cams.example/1"],
  ...["http://user@cams.example/", "http://user:word@cams.example/"],
  ...["http://:word@cams.example/", "https://cams.example@127.0.0.1/"],
  ...["http://localhost/", "http://LOCALHOST:8080/", "http://localhost./"],
  ...[
    "http://a.localhost/",
    "http://localhost.localdomain/",
    "http://ip6-localhost/",
  ],
  ...[
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.1/",
    "http://127.255.3.4/",
  ],
  ...[
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://017700000001/",
  ],
  ...["http://0177.0.0.1/", "http://127.0x0.0.01/", "http://１２７.０.０.１/"],
  ...["http://%31%32%37.0.0.1/", "http:\\\\127.0.0.1\\", "http:127.0.0.1"],
  ...["ht\ntp://127.0.0.1/", " http://127.0.0.1/"],
  // Read as another host by players that mend nothing.
  ...[
    "http://10.0.0.1\\@127.0.0.1/",
    "http:///10.0.0.1/",
    "http://10.0.0.1/ x",
  ],
  ...[
    "http://0.0.0.0/",
    "http://0/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0::1]/",
  ],
  ...[
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
  ],
  ...[
    "http://[64:ff9b::127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::1]/",
  ],
  ...["http://[::ffff:0:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/"],
  ...[
    "http://169.254.169.254/latest/",
    "http://2852039166/",
    "http://169.254.1.1/",
  ],
  ...["http://[fe80::1]/", "http://[febf::1]/", "http://[fec0::1]/"],
  ...[
    "http://100.100.100.200/",
    "http://192.0.0.192/",
    "http://[fd00:ec2::254]/",
  ],
  ...[
    "http://metadata.google.internal/",
    "http://metadata/",
    "http://metadata.tencentyun.com./",
  ],
  ...["http://224.0.0.1/", "http://255.255.255.255/", "http://[ff02::1]/"],
];
const TAKEN = [
  ...["http://cams.example/1.m3u8", "https://cams.example:8443/live?id=7"],
  ...[
    "http://10.1.2.3/",
    "http://172.16.0.9/",
    "http://192.168.1.64:554/",
    "http://100.64.0.1/",
  ],
  ...[
    "http://[fd12:3456::7]/",
    "http://[2001:db8::1]/",
    "http://[::ffff:10.1.2.3]/",
  ],
  ...[
    "http://localhost.example/",
    "http://mylocalhost/",
    "https://视频.example/",
  ],
];

describe("a URL that a stranger gave", () => {
  it.each(REFUSED)("%j is refused with a sentence", (url) => {
    expect(judgeUrl(url, NONE_ALLOWED)).toMatch(/ /);
  });
  it.each(TAKEN)("%j is taken", (url) => {
    expect(judgeUrl(url, NONE_ALLOWED)).toBeNull();
  });
});

describe("what the city allows", () => {
  const allowed = readAllowed("127.0.0.1, 169.254.7.0/24,Localhost,fe80::/64,");

  it.each([
    "http://127.0.0.1:1/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.7.9/",
  ])("%s is taken", (url) => expect(judgeUrl(url, allowed)).toBeNull());
  it.each(["http://localhost./", "http://[fe80::7]/"])("%s is taken", (url) =>
    expect(judgeUrl(url, allowed)).toBeNull(),
  );
  it.each([
    "http://127.0.0.2/",
    "http://169.254.8.9/",
    "rtsp://localhost/",
    "http://u@localhost/",
  ])("%s is not among it", (url) =>
    expect(judgeUrl(url, allowed)).not.toBeNull(),
  );
  it.each([
    "10.0.0.0/33",
    "10.0.0.0/",
    "a b",
    "10.0.0.0/8/8",
    "cams.example/8",
  ])("%j cannot be said", (text) =>
    expect(() => readAllowed(text)).toThrow("neither a host nor a network"),
  );
});

describe("a path on this host", () => {
  it.each(["/clip/sample.mp4", "/media/1.m3u8?x=1", "http://cams.example/1"])(
    "%s is taken",
    (url) => expect(judgeUrlOrPath(url, NONE_ALLOWED)).toBeNull(),
  );
  it.each([
    "//127.0.0.1/1",
    "/.//127.0.0.1/1",
    "/\\127.0.0.1/1",
    "/\t/127.0.0.1/",
    "/api/session",
    "/x/../api/audit/export",
    "clip/1.mp4",
  ])("%j is refused", (url) =>
    expect(judgeUrlOrPath(url, NONE_ALLOWED)).toMatch(/ /),
  );
});
