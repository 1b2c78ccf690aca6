"""Sealing: what is closed opens again, with every key of the ring and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import KeyMissing
from engine.storage.vault import HASH_LENGTH, Vault, vault_of

OLD, NEW, OTHER = b"o" * 32, b"n" * 32, b"x" * 32


@given(st.text())
def test_what_is_sealed_opens_again(text: str):
    vault = Vault((NEW,))

    assert vault.open(vault.seal(text)) == text


def test_equal_values_have_equal_hashes_and_different_boxes():
    vault = Vault((NEW,))

    one, other = vault.seal("same"), vault.seal("same")

    assert one != other
    assert one[:HASH_LENGTH] == other[:HASH_LENGTH] == vault.hash("same")
    assert vault.hash("else") != vault.hash("same")


def test_a_random_one_tells_nothing_by_its_hash():
    vault = Vault((NEW,))

    marks = {vault.seal("same", random=True)[:HASH_LENGTH] for _ in range(5)}

    assert len(marks) == 5


def test_a_new_key_opens_what_the_old_one_closed_and_keeps_its_hash():
    before, after = Vault((OLD,)), Vault((NEW, OLD))

    sealed = before.seal("a")

    assert after.open(sealed) == "a"
    assert after.hash("a") == before.hash("a")
    assert after.seal("a").split(".")[1] != sealed.split(".")[1]


def test_a_missing_key_and_a_changed_box_are_refused():
    sealed = Vault((NEW,)).seal("a")
    first, name, box = sealed.split(".")

    for vault, given_text in (
        (Vault((OTHER,)), sealed),
        (Vault(), sealed),
        (Vault((NEW,)), f"{first}.{name}.A{box[1:-1]}A"),
    ):
        with pytest.raises(KeyMissing):
            vault.open(given_text)
    with pytest.raises(KeyMissing):
        Vault().seal("a")


def test_keys_come_from_settings_or_from_the_secret():
    in_hex, in_base64 = OLD.hex(), "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="

    assert vault_of((in_base64, in_hex), "secret").keys == (NEW, OLD)
    assert len(vault_of((), "secret").keys[0]) == 32
    assert vault_of((), "").keys == ()
    with pytest.raises(ValueError, match="32 bytes"):
        vault_of(("short",), "")
