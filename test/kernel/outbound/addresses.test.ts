import { expect, test } from "vitest";
import { mayReach, rangeOf } from "#kernel/outbound/addresses";

/** By what they are; none of them is a place for a request of ours. */
const refused: Record<string, string[]> = {
  unspecified: ["0.0.0.0", "0.1.2.3", "0.255.255.255", "::"],
  loopback: ["127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.254", "::1"],
  private: [
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.20.10.5",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.255.255",
    "fc00::1",
    "fd12:3456:789a::1",
    "fdff::1",
  ],
  "link-local": ["169.254.0.1", "169.254.255.254", "fe80::1", "fe80::1%eth0", "febf::1"],
  "site-local, as it once was": ["fec0::1", "feff::1"],
  "carrier-grade NAT": ["100.64.0.1", "100.100.100.100", "100.127.255.255"],
  metadata: [
    "169.254.169.254",
    "169.254.170.2",
    "169.254.169.123",
    "fd00:ec2::254",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
  ],
  mapped: [
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:7f00:1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
  ],
  compatible: ["::127.0.0.1", "::10.0.0.1", "::7f00:1"],
  NAT64: ["64:ff9b::7f00:1", "64:ff9b::169.254.169.254", "64:ff9b::808:808", "64:ff9b:1::a00:1"],
  "6to4": ["2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::1", "192.88.99.1"],
  Teredo: ["2001:0:53aa:64c:0:fb7e:80ff:fffe", "2001::1"],
  multicast: ["224.0.0.1", "239.255.255.250", "ff02::1", "ff05::1:3"],
  broadcast: ["255.255.255.255"],
  reserved: ["240.0.0.1", "250.1.2.3", "254.255.255.255", "192.0.0.1", "192.0.0.8"],
  documentation: ["192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1", "3fff::1"],
  benchmarking: ["198.18.0.1", "198.19.255.255", "2001:2::1"],
  "of other uses": ["100::1", "2001:10::1", "2001:20::1", "5f00::1", "4000::1", "8000::1"],
  "no address": ["", "localhost", "1", "2130706433", "0x7f000001", "127.1", "example.com", "::g"],
};

const all = Object.values(refused).flat();

test("there are more than sixty of them", () => {
  expect(new Set(all).size).toBeGreaterThanOrEqual(60);
});

test.each(Object.entries(refused))("nothing is sent to an address that is %s", (_, addresses) => {
  expect(addresses.filter((address) => mayReach(address, []))).toEqual([]);
});

const open = [
  "1.1.1.1",
  "8.8.8.8",
  "93.184.215.14",
  "100.63.255.255",
  "100.128.0.1",
  "172.15.255.255",
  "172.32.0.1",
  "192.167.255.255",
  "192.169.0.1",
  "168.63.129.15",
  "223.255.255.254",
  "2606:4700:4700::1111",
  "2a00:1450:4001:801::200e",
  "2400:cb00::1",
];

test("the public internet is open, up to the very edges of what is not", () => {
  expect(open.filter((address) => !mayReach(address, []))).toEqual([]);
});

test("the operator opens a range, and nothing beside it or of the other kind", () => {
  const allowed = ["10.1.0.0/16", "fd00:1::/32"].map(rangeOf);
  const opened = (address: string) => mayReach(address, allowed);
  expect(["10.1.0.0", "10.1.255.255", "fd00:1::1"].filter((each) => !opened(each))).toEqual([]);
  expect(all.filter((address) => opened(address))).toEqual([]);
  expect(["10.2.0.1", "10.0.255.255", "fd00:2::1", "::ffff:10.1.0.1"].filter(opened)).toEqual([]);
});
