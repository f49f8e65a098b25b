//! `ArbWasm`: activation of Stylus programs and what is known of them.

use super::call::{Answer, Call, Refusal, typed};
use super::data_fee;
use crate::chain::addresses::NETWORK_FEE_ACCOUNT;
use crate::chain::programs::{self, Inactive, Program, STYLUS_VERSION};
use crate::stylus::{MAX_STACK_WORDS, activate, pages, prices};
use alloy::primitives::{Address, B256, U256, keccak256};
use alloy::sol;
use alloy::sol_types::{SolError, SolInterface, SolValue};
use revm::context_interface::{ContextTr, JournalTr};

sol! {
    /// As Arbitrum publishes it.
    interface IArbWasm {
        function activateProgram(address program) external payable returns (uint16 version, uint256 dataFee);
        function codehashKeepalive(bytes32 codehash) external payable;
        function stylusVersion() external view returns (uint16 version);
        function inkPrice() external view returns (uint32 price);
        function maxStackDepth() external view returns (uint32 depth);
        function freePages() external view returns (uint16 pages);
        function pageGas() external view returns (uint16 gas);
        function pageRamp() external view returns (uint64 ramp);
        function pageLimit() external view returns (uint16 limit);
        function minInitGas() external view returns (uint64 gas, uint64 cached);
        function initCostScalar() external view returns (uint64 percent);
        function expiryDays() external view returns (uint16 _days);
        function keepaliveDays() external view returns (uint16 _days);
        function blockCacheSize() external view returns (uint16 count);
        function codehashVersion(bytes32 codehash) external view returns (uint16 version);
        function codehashAsmSize(bytes32 codehash) external view returns (uint32 size);
        function programVersion(address program) external view returns (uint16 version);
        function programInitGas(address program) external view returns (uint64 gas, uint64 gasWhenCached);
        function programMemoryFootprint(address program) external view returns (uint16 footprint);
        function programTimeLeft(address program) external view returns (uint64 _secs);

        event ProgramActivated(bytes32 indexed codehash, bytes32 moduleHash, address program, uint256 dataFee, uint16 version);
        event ProgramLifetimeExtended(bytes32 indexed codehash, uint256 dataFee);

        error ProgramNotWasm();
        error ProgramNotActivated();
        error ProgramNeedsUpgrade(uint16 version, uint16 stylusVersion);
        error ProgramExpired(uint64 ageInSeconds);
        error ProgramUpToDate();
        error ProgramKeepaliveTooSoon(uint64 ageInSeconds);
        error ProgramInsufficientValue(uint256 have, uint256 want);
    }
}

use IArbWasm::IArbWasmCalls as Method;

/// Drives the exponential price of memory.
const PAGE_RAMP: u64 = 620_674_314;

pub(super) fn serve(call: &mut Call<'_, '_>) -> Answer {
    let method = Method::abi_decode(&call.input).map_err(|_| Refusal::Burnt)?;
    match method {
        Method::activateProgram(m) => return activate_program(call, m.program),
        Method::codehashKeepalive(m) => return keepalive(call, m.codehash),
        _ => call.no_value()?,
    }
    // Every view reads the parameters, which are warm.
    call.burn(100)?;
    Ok(match method {
        Method::activateProgram(_) | Method::codehashKeepalive(_) => Vec::new(),
        Method::stylusVersion(_) => STYLUS_VERSION.abi_encode(),
        Method::inkPrice(_) => prices::INK_PER_GAS.abi_encode(),
        Method::maxStackDepth(_) => MAX_STACK_WORDS.cast_unsigned().abi_encode(),
        Method::freePages(_) => pages::FREE_PAGES.abi_encode(),
        Method::pageGas(_) => pages::PAGE_GAS.abi_encode(),
        Method::pageRamp(_) => PAGE_RAMP.abi_encode(),
        Method::pageLimit(_) => pages::PAGE_LIMIT.abi_encode(),
        Method::minInitGas(_) => (prices::init_gas(0), prices::cached_start_gas(0)).abi_encode(),
        Method::initCostScalar(_) => 100_u64.abi_encode(),
        Method::expiryDays(_) => programs::EXPIRY_DAYS.abi_encode(),
        Method::keepaliveDays(_) => programs::KEEPALIVE_DAYS.abi_encode(),
        Method::blockCacheSize(_) => programs::BLOCK_CACHE_SIZE.abi_encode(),
        Method::codehashVersion(m) => active(call, m.codehash)?.version.abi_encode(),
        Method::codehashAsmSize(m) => active(call, m.codehash)?.asm_bytes().abi_encode(),
        Method::programVersion(m) => of_account(call, m.program)?.version.abi_encode(),
        Method::programInitGas(m) => {
            let program = of_account(call, m.program)?;
            let cached = prices::cached_start_gas(program.cached_cost);
            (prices::init_gas(program.init_cost) + cached, cached).abi_encode()
        }
        Method::programMemoryFootprint(m) => of_account(call, m.program)?.footprint.abi_encode(),
        Method::programTimeLeft(m) => {
            let now = call.now();
            of_account(call, m.program)?.seconds_left(now).abi_encode()
        }
    })
}

fn activate_program(call: &mut Call<'_, '_>, address: Address) -> Answer {
    call.may_write()?;
    call.burn(prices::ACTIVATION_GAS)?;
    call.burn(100)?;
    let now = call.now();
    let (code_hash, code) = code_of(call, address);
    call.burn_reads(1)?;
    let before = Program::load(call.ctx, code_hash);
    if before.version == STYLUS_VERSION && !before.expired(now) {
        return Err(typed(&IArbWasm::ProgramUpToDate {}));
    }
    if !crate::stylus::code::is_program(&code) {
        return Err(typed(&IArbWasm::ProgramNotWasm {}));
    }
    let free = pages::PAGE_LIMIT.saturating_sub(call.ctx.chain.pages.open);
    let wasm = crate::stylus::code::decompress(&code).map_err(|error| failed(&error))?;
    let activation = activate::activate_wasm(&wasm, call.ctx.chain.arbos, free).map_err(|error| failed(&error))?;
    call.burn(activation.metered_activation_gas)?;
    // Nitro's module hash is a Merkle root over its own machine format; here it stands for the wasm.
    let module_hash = keccak256(&wasm);
    call.burn_write(false)?;
    let data_fee = data_fee::charge(call, activation.asm_estimate)?;
    call.burn_write(false)?;
    Program::activated(&activation, now, before.cached).store(call.ctx, code_hash);
    pay_data_fee(call, data_fee)?;
    call.emit(&IArbWasm::ProgramActivated {
        codehash: code_hash,
        moduleHash: module_hash,
        program: address,
        dataFee: data_fee,
        version: STYLUS_VERSION,
    })?;
    Ok((STYLUS_VERSION, data_fee).abi_encode())
}

fn keepalive(call: &mut Call<'_, '_>, code_hash: B256) -> Answer {
    call.may_write()?;
    call.burn(100)?;
    let now = call.now();
    let mut program = active(call, code_hash)?;
    let age = program.age(now);
    if age < programs::keepalive_seconds() {
        return Err(typed(&IArbWasm::ProgramKeepaliveTooSoon { ageInSeconds: age }));
    }
    let data_fee = data_fee::charge(call, program.asm_bytes())?;
    program.activated_hour = programs::hour_of(now);
    call.burn_write(false)?;
    program.store(call.ctx, code_hash);
    pay_data_fee(call, data_fee)?;
    call.emit(&IArbWasm::ProgramLifetimeExtended { codehash: code_hash, dataFee: data_fee })?;
    Ok(Vec::new())
}

fn pay_data_fee(call: &mut Call<'_, '_>, data_fee: U256) -> Result<(), Refusal> {
    let Some(rest) = call.value.checked_sub(data_fee) else {
        return Err(typed(&IArbWasm::ProgramInsufficientValue { have: call.value, want: data_fee }));
    };
    call.burn_reads(1)?;
    call.pay(NETWORK_FEE_ACCOUNT, data_fee)?;
    call.pay(call.caller, rest)
}

/// The program with this code hash, if it can be used now.
pub(super) fn active(call: &mut Call<'_, '_>, code_hash: B256) -> Result<Program, Refusal> {
    call.burn_reads(1)?;
    let now = call.now();
    Program::load(call.ctx, code_hash).active(now).map_err(inactive)
}

/// The refusal of a program that cannot be used.
pub(super) fn inactive(reason: Inactive) -> Refusal {
    Refusal::Typed(inactive_error(reason))
}

/// The typed error of a program that cannot be used.
pub(in crate::chain) fn inactive_error(reason: Inactive) -> Vec<u8> {
    match reason {
        Inactive::NotActivated => IArbWasm::ProgramNotActivated {}.abi_encode(),
        Inactive::NeedsUpgrade(version) => {
            IArbWasm::ProgramNeedsUpgrade { version, stylusVersion: STYLUS_VERSION }.abi_encode()
        }
        Inactive::Expired(age) => IArbWasm::ProgramExpired { ageInSeconds: age }.abi_encode(),
    }
}

fn of_account(call: &mut Call<'_, '_>, address: Address) -> Result<Program, Refusal> {
    // EXTCODEHASH at the cold price, whatever the account.
    call.burn(2_600)?;
    let (code_hash, _) = code_of(call, address);
    active(call, code_hash)
}

/// The hash and the code of an account.
pub(super) fn code_of(call: &mut Call<'_, '_>, address: Address) -> (B256, alloy::primitives::Bytes) {
    match call.ctx.journal_mut().load_account_with_code(address) {
        Ok(account) => {
            let code = account.info.code.as_ref();
            (account.info.code_hash, code.map(revm::bytecode::Bytecode::original_bytes).unwrap_or_default())
        }
    }
}

fn failed(reason: &impl ToString) -> Refusal {
    Refusal::Activation(reason.to_string())
}
