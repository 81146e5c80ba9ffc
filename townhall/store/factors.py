"""The clerks' second factors (TOTP, RFC 6238) and the codes that stand in for them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from townhall.store.base import Base, Database


class SecondFactor(Base):
    """A clerk's secret, encrypted; it counts once ``confirmed``. ``last_step`` is the time step of the last code."""

    __tablename__ = "second_factor"
    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    user: Mapped[str] = mapped_column("user_name", String(40), primary_key=True)
    secret: Mapped[str] = mapped_column(String(200))
    confirmed: Mapped[bool] = mapped_column(default=False)
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """The hash of a code that is taken once instead of the second factor."""

    __tablename__ = "recovery_code"
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(40))
    user: Mapped[str] = mapped_column("user_name", String(40))


class FactorQueries(Database):
    """What is asked and kept about second factors."""

    def second_factor(self, tenant: str, user: str) -> SecondFactor | None:
        """Return what a clerk has set up or begun to set up."""
        with self.session() as session:
            return session.get(SecondFactor, (tenant, user))

    def begin_factor(self, tenant: str, user: str, secret: str) -> None:
        """Keep a new secret that its clerk has not confirmed yet; a confirmed one is not replaced."""
        with self.session() as session:
            present = session.get(SecondFactor, (tenant, user))
            if present is None or not present.confirmed:
                session.merge(SecondFactor(tenant=tenant, user=user, secret=secret, confirmed=False, last_step=0))

    def confirm_factor(self, tenant: str, user: str, code_hashes: Iterable[str]) -> None:
        """From now on the second factor is asked for; its recovery codes replace those there were."""
        with self.session() as session:
            session.execute(update(SecondFactor).where(*_of(SecondFactor, tenant, user)).values(confirmed=True))
            session.execute(delete(RecoveryCode).where(*_of(RecoveryCode, tenant, user)))
            session.add_all(RecoveryCode(code_hash=code, tenant=tenant, user=user) for code in code_hashes)

    def drop_factor(self, tenant: str, user: str) -> bool:
        """Forget a clerk's second factor and recovery codes; say whether there was one."""
        with self.session() as session:
            session.execute(delete(RecoveryCode).where(*_of(RecoveryCode, tenant, user)))
            gone = delete(SecondFactor).where(*_of(SecondFactor, tenant, user)).returning(SecondFactor.user)
            return session.scalar(gone) is not None

    def use_step(self, tenant: str, user: str, step: int) -> bool:
        """Use up the code of a time step; False if it, or a later one, has been used: two requests never both win."""
        used = (
            update(SecondFactor)
            .where(*_of(SecondFactor, tenant, user), SecondFactor.last_step < step)
            .values(last_step=step)
            .returning(SecondFactor.user)
        )
        with self.session() as session:
            return session.scalar(used) is not None

    def use_recovery_code(self, tenant: str, user: str, code_hash: str) -> bool:
        """Use up a recovery code; False if the clerk has none like it (any more)."""
        used = (
            delete(RecoveryCode)
            .where(*_of(RecoveryCode, tenant, user), RecoveryCode.code_hash == code_hash)
            .returning(RecoveryCode.user)
        )
        with self.session() as session:
            return session.scalar(used) is not None

    def recovery_codes_left(self, tenant: str, user: str) -> int:
        """Return how many recovery codes a clerk has not used."""
        with self.session() as session:
            return len(session.scalars(select(RecoveryCode.code_hash).where(*_of(RecoveryCode, tenant, user))).all())


def _of(table: type[SecondFactor | RecoveryCode], tenant: str, user: str) -> tuple[ColumnElement[bool], ...]:
    return table.tenant == tenant, table.user == user
