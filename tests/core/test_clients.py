from halopst.core.clients import network_key


def test_a_client_key_tells_networks_apart_and_reveals_none():
    def key(address):
        return network_key(address, secret="rahasia")

    assert key("203.0.113.9") != key("203.0.113.10")
    assert key("2001:db8::1") == key("2001:db8::ffff") != key("2001:db8:0:1::1")
    assert key("::ffff:203.0.113.9") != key("::ffff:203.0.113.10")
    assert key("bukan alamat") == key("")
    assert key("203.0.113.9") != network_key("203.0.113.9", secret="lain")
