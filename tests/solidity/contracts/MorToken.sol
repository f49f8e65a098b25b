// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

/// @title A plain ERC-20 in the place of MOR on the devnode
/// @notice Eighteen decimals; everybody may mint. Never for a public chain.
contract MorToken {
    string public constant name = "MOR (devnode)";
    string public constant symbol = "MOR";
    uint8 public constant decimals = 18;

    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    error InsufficientBalance(address account, uint256 balance, uint256 needed);
    error InsufficientAllowance(address spender, uint256 allowed, uint256 needed);
    error ZeroReceiver();

    /// @notice Makes `value` wei out of nothing for `to`.
    function mint(address to, uint256 value) external {
        if (to == address(0)) revert ZeroReceiver();
        totalSupply += value;
        unchecked {
            // Bounded by totalSupply, which has just been checked.
            balanceOf[to] += value;
        }
        emit Transfer(address(0), to, value);
    }

    /// @notice Moves `value` wei of the caller's to `to`.
    function transfer(address to, uint256 value) external returns (bool) {
        _move(msg.sender, to, value);
        return true;
    }

    /// @notice Lets `spender` move `value` wei of the caller's; 2^256 - 1 never runs down.
    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    /// @notice Moves `value` wei from `from` to `to` on the caller's allowance.
    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        uint256 allowed = allowance[from][msg.sender];
        if (allowed != type(uint256).max) {
            if (allowed < value) revert InsufficientAllowance(msg.sender, allowed, value);
            unchecked {
                allowance[from][msg.sender] = allowed - value;
            }
        }
        _move(from, to, value);
        return true;
    }

    function _move(address from, address to, uint256 value) private {
        if (to == address(0)) revert ZeroReceiver();
        uint256 balance = balanceOf[from];
        if (balance < value) revert InsufficientBalance(from, balance, value);
        unchecked {
            // The sum of all balances is totalSupply, so the receiver's cannot overflow.
            balanceOf[from] = balance - value;
            balanceOf[to] += value;
        }
        emit Transfer(from, to, value);
    }
}
