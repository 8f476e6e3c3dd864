"""What may be asked of an address, and how: a made-up resolver, and a server of our own in a thread; no network."""

import ipaddress
import socket
import time

import pytest

from kzafrica import outward
from kzafrica.outward import NoAnswer, NoSuchName, NotLookedUp, Pace, Refused, ask, is_public, place_of
from tests.desk.server import asking

AGENT = "KZ-Africa test"


@pytest.fixture
def resolver(monkeypatch):
    """Names and the numbers they stand for; whatever is not here has no name. Nobody may connect."""
    known: dict[str, list[str]] = {}

    def look_up(host: str, port: int) -> list[str]:
        if host in known:
            return known[host]
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            raise socket.gaierror(socket.EAI_NONAME, "unknown") from None

    def nobody(*_args):
        raise AssertionError("a connection was made")

    monkeypatch.setattr(outward, "look_up", look_up)
    monkeypatch.setattr(outward.socket, "create_connection", nobody)
    return known


class TestNumbers:
    @pytest.mark.parametrize(
        "number",
        [
            "127.0.0.1",
            "127.8.9.10",
            "0.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "169.254.169.254",
            "192.0.2.1",
            "198.18.0.1",
            "192.88.99.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:db8::1",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fe80::1%eth0",
            "fec0::1",
            "ff02::1",
        ],
    )
    def test_those_of_no_public_place_are_refused(self, number):
        assert not is_public(ipaddress.ip_address(number))

    @pytest.mark.parametrize(
        "number", ["8.8.8.8", "93.184.215.14", "2a00:1450:4001:82a::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"]
    )
    def test_those_of_the_open_internet_are_not(self, number):
        assert is_public(ipaddress.ip_address(number))

    def test_that_of_no_place_at_all_is_refused(self):
        assert not is_public(ipaddress.IPv4Address(0))


class TestAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "ftp://news.example/a",
            "file:///etc/passwd",
            "gopher://news.example/",
            "javascript:alert(1)",
            "//news.example/",
            "news.example",
            "",
            "http://",
            "http:///path",
            "http://news.example:99999/",
            "http://news.example:x/",
            "http://[::1",
            "http://user@news.example/",
            "http://user:secret@news.example/",
            "http://news.example\\@127.0.0.1/",
            "http://news.example/a b",
            "http://news.example/\r\nHost: other",
            "http://news..example/",
            "http://-%00/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://017700000001/",
            "http://127.0.0.01/",
            "http://news.0x/",
        ],
    )
    def test_what_is_no_plain_address_of_the_web_is_refused(self, address, resolver):
        with pytest.raises(Refused):
            ask(address, agent=AGENT)

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1/",
            "http://127.0.0.1./",
            "http://１２７.０.０.１/",
            "http://127。0。0。1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[fe80::1%25eth0]/",
            "http://10.0.0.1/",
            "https://169.254.169.254/latest/meta-data/",
        ],
    )
    def test_a_number_of_our_own_network_is_refused_however_it_is_written(self, address, resolver):
        with pytest.raises(Refused):
            ask(address, agent=AGENT)

    def test_letters_of_any_script_are_asked_for_in_ascii(self):
        place = place_of("https://Сайт.Example./новости?q=а&b=%20#part")

        assert place.host == "xn--80aswg.example"
        assert place.path == "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?q=%D0%B0&b=%20"
        assert place.port == 443

    @pytest.mark.parametrize("port", [22, 25, 6379, 5432, 8000, 8080])
    def test_a_port_that_is_not_of_the_web_is_refused(self, port, resolver):
        resolver["news.example"] = ["93.184.215.14"]

        with pytest.raises(Refused, match=str(port)):
            ask(f"http://news.example:{port}/", agent=AGENT)


class TestNames:
    @pytest.mark.parametrize("numbers", [["127.0.0.1"], ["::1"], ["93.184.215.14", "10.0.0.5"], ["fe80::1%eth0"]])
    def test_a_name_that_stands_for_a_private_number_is_refused(self, numbers, resolver):
        resolver["news.example"] = numbers

        with pytest.raises(Refused, match="open internet"):
            ask("http://news.example/", agent=AGENT)

    def test_a_name_that_nobody_has_is_told_from_one_that_could_not_be_looked_up(self, resolver, monkeypatch):
        with pytest.raises(NoSuchName):
            ask("http://gone.example/", agent=AGENT)

        def silent(host, port):
            raise socket.gaierror(socket.EAI_AGAIN, "later")

        monkeypatch.setattr(outward, "look_up", silent)
        with pytest.raises(NotLookedUp) as told:
            ask("http://gone.example/", agent=AGENT)
        assert not isinstance(told.value, NoSuchName)

    def test_a_name_that_takes_too_long_to_look_up_is_no_answer(self, monkeypatch):
        monkeypatch.setattr(outward, "SECONDS", 0.05)
        monkeypatch.setattr(outward, "look_up", lambda host, port: time.sleep(1))

        with pytest.raises(NoAnswer):
            ask("http://slow.example/", agent=AGENT)


class TestRequest:
    def test_the_head_of_a_page_is_asked_for_by_its_name_and_says_who_asks(self, monkeypatch):
        with asking(monkeypatch, {"/a": 200}) as server:
            answer = ask(server.address("/a?b=c"), agent=AGENT)

        assert (answer.status, answer.redirects) == (200, 0)
        [request] = server.requests
        assert (request.method, request.path) == ("HEAD", "/a?b=c")
        assert request.host == f"news.example:{server.port}"
        assert request.agent == AGENT

    def test_the_name_is_looked_up_once_and_the_connection_goes_to_what_was_checked(self, monkeypatch):
        with asking(monkeypatch, {"/a": 404}) as server:
            answers = iter([["127.0.0.1"], ["10.0.0.1"]])
            monkeypatch.setattr(outward, "look_up", lambda host, port: next(answers))
            answer = ask(server.address("/a"), agent=AGENT)

        assert answer.status == 404
        assert [request.method for request in server.requests] == ["HEAD", "GET"]

    @pytest.mark.parametrize("status", [400, 403, 404, 405, 501, 503])
    def test_a_page_that_refuses_head_is_asked_for_by_get(self, status, monkeypatch):
        with asking(monkeypatch, {"HEAD /a": status, "GET /a": 200}) as server:
            assert ask(server.address("/a"), agent=AGENT).status == 200

    def test_a_server_that_hangs_up_on_head_is_asked_by_get(self, monkeypatch):
        with asking(monkeypatch, {"HEAD /a": "hang up", "GET /a": 200}) as server:
            assert ask(server.address("/a"), agent=AGENT).status == 200

    def test_a_server_that_asks_for_patience_is_not_asked_again(self, monkeypatch):
        with asking(monkeypatch, {"/a": 429}) as server:
            assert ask(server.address("/a"), agent=AGENT).status == 429

        assert len(server.requests) == 1

    def test_no_more_than_a_few_kilobytes_are_read(self, monkeypatch):
        with asking(monkeypatch, {"HEAD /a": 405, "GET /a": "endless"}) as server:
            assert ask(server.address("/a"), agent=AGENT).status == 200

    def test_a_redirect_is_followed_within_the_web(self, monkeypatch):
        with asking(monkeypatch, {"/a": (301, "/b"), "/b": (302, "c/d"), "/c/d": 200}) as server:
            answer = ask(server.address("/a"), agent=AGENT)

        assert (answer.status, answer.redirects) == (200, 2)
        assert answer.address == server.address("/c/d")

    @pytest.mark.parametrize(
        "target",
        ["http://127.0.0.1:1/", "http://[::1]/", "http://inside.example/", "file:///etc/passwd", "http://0x7f.1/"],
    )
    def test_a_redirect_to_what_may_not_be_asked_is_refused(self, target, monkeypatch):
        with asking(monkeypatch, {"/a": (302, target)}) as server, pytest.raises(Refused):
            ask(server.address("/a"), agent=AGENT)

        assert len(server.requests) == 1

    def test_five_redirects_are_followed_and_no_more(self, monkeypatch):
        steps = {f"/{number}": (302, f"/{number + 1}") for number in range(6)} | {"/6": 200}
        with asking(monkeypatch, steps) as server:
            assert ask(server.address("/1"), agent=AGENT).redirects == 5
            with pytest.raises(NoAnswer, match="5 times"):
                ask(server.address("/0"), agent=AGENT)

    @pytest.mark.parametrize("behaviour", ["silent", "drips", "hang up", "nonsense"])
    def test_a_server_that_does_not_answer_in_time_or_in_sense_is_no_answer(self, behaviour, monkeypatch):
        monkeypatch.setattr(outward, "SECONDS", 0.3)
        with asking(monkeypatch, {"/a": behaviour}) as server:
            started = time.monotonic()
            with pytest.raises(NoAnswer):
                ask(server.address("/a"), agent=AGENT)

        assert time.monotonic() - started < 3

    def test_a_closed_port_is_no_answer(self, monkeypatch):
        with asking(monkeypatch, {}) as server:
            address = server.address("/a")
            server.stop()
            with pytest.raises(NoAnswer, match="refuses"):
                ask(address, agent=AGENT)

    def test_a_server_without_tls_behind_https_is_no_answer(self, monkeypatch):
        with asking(monkeypatch, {"/a": 200}) as server, pytest.raises(NoAnswer):
            ask(server.address("/a").replace("http:", "https:"), agent=AGENT)


def test_a_host_is_asked_once_a_second_and_others_meanwhile():
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(clock=lambda: now[0], sleep=sleep)

    for host in ("a.example", "b.example", "a.example", "a.example", "b.example"):
        pace.wait(host)

    assert slept == [1, 1]
