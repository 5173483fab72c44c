/* What `work/tips/rules/sealing.py` and `files.py` do, for the browser of a member. A test holds both together. */
"use strict";
globalThis.sealing = (() => {
  const VERSION = "gandan-tip-1", CODES = { in: "i", out: "o", note: "n", identity: "c" }, SIZES = [1024, 4096, 16384, 65536], NONCE = 24;
  const utf8 = new TextEncoder(), words = new TextDecoder();
  const bytes = (text) => sodium.from_base64(text, sodium.base64_variants.ORIGINAL);
  const text = (data) => sodium.to_base64(data, sodium.base64_variants.ORIGINAL);
  const join = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { all.set(part, at); at += part.length; }
    return all;
  };
  const big = (number) => new Uint8Array([number >>> 24, number >>> 16, number >>> 8, number].map((n) => n & 255));
  const digest = (data, size = 32) => sodium.crypto_generichash(size, data, null);
  const bound = (tip, direction, sequence) => join(utf8.encode(VERSION), tip, utf8.encode(CODES[direction]), big(sequence));

  function padded(data) {
    const size = SIZES.find((one) => data.length < one);
    if (!size) throw new Error("too long");
    const whole = new Uint8Array(size);
    whole.set(data);
    whole[data.length] = 0x80;
    return whole;
  }
  function unpadded(data) {
    let end = data.length - 1;
    while (end >= 0 && data[end] === 0) end--;
    if (!SIZES.includes(data.length) || data[end] !== 0x80) throw new Error("padding");
    return data.subarray(0, end);
  }
  const aead = (key, data, place) => {
    const nonce = sodium.randombytes_buf(NONCE);
    return join(nonce, sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(data, place, null, nonce, key));
  };
  const unseal = (key, sealed, place) =>
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed.subarray(NONCE), place, sealed.subarray(0, NONCE), key);
  const toReader = (key, reader, place) => sodium.crypto_box_seal(join(key, digest(place, 16)), reader);
  function fromReader(sealed, member, place) {
    const opened = sodium.crypto_box_seal_open(sealed, member.box, member.secret);
    if (opened.length !== 48 || !sodium.memcmp(opened.subarray(32), digest(place, 16))) throw new Error("place");
    return opened.subarray(0, 32);
  }
  const signed = (content, place) => join(utf8.encode("signed"), place, digest(content));
  const member = (raw) => ({
    secret: raw.subarray(0, 32), box: sodium.crypto_scalarmult_base(raw.subarray(0, 32)),
    sign: sodium.crypto_sign_seed_keypair(raw.subarray(32)), raw,
  });

  /* Open a message for a member; `verify` is the key that must have signed it. */
  function open(message, tip, verify, me) {
    const place = bound(tip, message.direction, message.sequence), content = bytes(message.content);
    if (!verify.length || !sodium.crypto_sign_verify_detached(bytes(message.signature), signed(content, place), verify)) throw new Error("signature");
    const key = fromReader(bytes(message.seal), me, place);
    return JSON.parse(words.decode(unpadded(unseal(key, content, place))));
  }
  /* Seal words to all who may read them, in the form in which they are sent. */
  function seal(said, tip, direction, sequence, readers, me) {
    const place = bound(tip, direction, sequence), key = sodium.randombytes_buf(32);
    const content = aead(key, padded(utf8.encode(JSON.stringify({ text: said }))), place);
    const seals = readers.map((one) => ({ reader: one.id, seal: text(toReader(key, bytes(one.box), place)) }));
    const signature = sodium.crypto_sign_detached(signed(content, place), me.sign.privateKey);
    return { direction, sequence, content: text(content), signature: text(signature), seals };
  }
  /* Seal the key of a message anew, from a member to another reader. */
  const again = (sealed, tip, direction, sequence, me, reader) => {
    const place = bound(tip, direction, sequence);
    return text(toReader(fromReader(bytes(sealed), me, place), reader, place));
  };
  async function file(told, tip, fetchPiece) {
    const id = sodium.from_hex(told.id.replaceAll("-", "")), key = bytes(told.key), parts = [];
    let state = null, tag = 0;
    for (let nth = 0; nth < told.pieces; nth++) {
      let piece = await fetchPiece(told.id, nth);
      if (nth === 0) { state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(piece.subarray(0, 24), key); piece = piece.subarray(24); }
      const pulled = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, join(utf8.encode(VERSION + "f"), tip, id, big(nth)));
      if (!pulled) throw new Error("piece");
      parts.push(pulled.message);
      tag = pulled.tag;
    }
    if (tag !== sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL) throw new Error("not all");
    return join(...parts).subarray(0, told.size);
  }
  /* An identity: two halves of its key, each sealed to whoever asked. */
  function identity(found, me) {
    const tip = bytes(found.tip), place = bound(tip, "identity", 0);
    const [one, other] = found.halves.map((half) => fromReader(bytes(half), me, place));
    return JSON.parse(words.decode(unpadded(unseal(one.map((byte, at) => byte ^ other[at]), bytes(found.content), place)))).text;
  }

  /* The key file: 64 secret bytes under a passphrase. Neither ever leaves this page. */
  const drawn = (phrase, salt) => sodium.crypto_pwhash(32, phrase, salt, 4, 64 * 1024 * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13);
  function lock(raw, phrase, holder) {
    const salt = sodium.randombytes_buf(16), nonce = sodium.randombytes_buf(24);
    const kept = sodium.crypto_secretbox_easy(raw, nonce, drawn(phrase, salt));
    return JSON.stringify({ gandan: "tip key 1", holder, salt: text(salt), nonce: text(nonce), kept: text(kept) });
  }
  function unlock(file, phrase) {
    const told = JSON.parse(file);
    return member(sodium.crypto_secretbox_open_easy(bytes(told.kept), bytes(told.nonce), drawn(phrase, bytes(told.salt))));
  }
  return { bytes, text, open, seal, again, file, identity, lock, unlock, member };
})();
