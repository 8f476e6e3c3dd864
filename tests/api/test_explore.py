import pytest, json, base64
from tests.api import resources as R
from kzafrica.editorial.choices import Status
from kzafrica.api import router
VS = {p: v for p, v, b in router.registry}
BAD = ["zzz-nothing", "", "\x00", "2024-13-40", "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00","9999-12-31T23:59:59-12:00", "-1", "99999999999999999999999", "☃", "a"*5000, "null", "'", "%", "1e5", "١٢", "2024-02-30", "0", "9223372036854775807","2025-09-10T12:00:00.123456789123", "true", "x\ud800y".encode("utf-8","surrogatepass").decode("latin1")]
@pytest.mark.django_db
@pytest.mark.parametrize("resource", R.RESOURCES, ids=str)
def test_x(resource, client):
    client.raise_request_exception = False
    rec = resource.make(Status.PUBLISHED)
    bad=[]
    fs = getattr(VS[resource.name], "filterset_class", None)
    names = list(fs.base_filters) if fs else []
    for n in names + ["limit","cursor","fields","format","nope"]:
        for v in BAD:
            a = client.get(resource.address, {n: v})
            if a.status_code not in (200,400): bad.append((n, v[:40], a.status_code))
            if a.status_code==200 and v in ("zzz-nothing","\x00"): print("OK?", resource, n, repr(v), len(a.json()["results"]))
        a = client.get(R.address_of(resource, rec), {n: "x"})
        if a.status_code != 400: bad.append(("detail",n,a.status_code))
    for n in names:
        if n=="ordering":
            for c in fs.base_filters[n].extra["choices"]:
                if c[0]:
                    a = client.get(resource.address, {n: c[0]})
                    if a.status_code != 200: bad.append((n, c[0], a.status_code))
    # cursors
    from kzafrica.rest import write_cursor, sort_keys
    for vals in (["abc"]*1+[1], ["abc","abc",1],[1,1,1],["\x00","\x00",1],[1,1],["a",1],[1],[2**62]*3, [True,1], ["2025","x",3], ["9"*30,"9",1], ["None",1],["None","x",1]):
        doc={"values":vals,"backward":False}
        cur=base64.urlsafe_b64encode(json.dumps(doc).encode()).decode()
        a = client.get(resource.address, {"cursor": cur})
        if a.status_code not in (200,400): bad.append(("cursor", vals, a.status_code))
    assert not bad, bad
